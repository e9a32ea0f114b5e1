# Makes a saved quote hold what no quote does.
/"label": "Plan cost"/ s/Plan cost//
/"per_term": true/ s/true/"yes"/
/"one_time": \[\]/ s/\[\]/null/
/"monthly_usage"/ s/"0.15"/"0,15"/
/"allowance": "0"/ s/0/none/
/"days": "9"/ s/9/32/
/"first_invoice": {/,$ s/"charge": "license"/"charge": "seats"/
/"until"/ s/: "[^"]*"/: "soon"/
/"sha256": "b43/ s/: "[^"]*"/: "b43"/
