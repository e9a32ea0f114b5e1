# Changes a saved quote after it was written.
/"unpriced": \[\]/ s/\[\]/["license"]/
s/"at_least"/"at_most"/
s/"2520.00"/"2500.00"/
