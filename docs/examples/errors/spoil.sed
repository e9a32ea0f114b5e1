# Makes a saved quote hold what no quote does.
/"label": "Plan cost"/ s/Plan cost//
/"per_term": true/ s/true/"yes"/
/"one_time": \[\]/ s/\[\]/null/
/"monthly_usage"/ s/\./,/
/"allowance": "0"/ s/0/none/
/"days": "9"/ s/9/32/
/"first_invoice": {/,$ s/"charge": "license"/"charge": "seats"/
/"date": / s/: "[^"]*"/: "soon"/
/^    "sha256"/ s/: "[^"]*"/: "b43"/
