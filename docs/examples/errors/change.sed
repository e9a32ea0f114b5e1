# Changes a saved quote after it was written.
/"unpriced": \[\]/ s/\[\]/["license"]/
s/"at_least"/"at_most"/
/"annual"/ s/00"/01"/
