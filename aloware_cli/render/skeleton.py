"""The skeleton of a scenario: every key, with what it means."""

from typing import Final

SKELETON: Final = """\
# yaml-language-server: $schema=scenario.schema.json
# A scenario for aloware: what a prospect would take, and from which prices.
# Price it with:  aloware quote --from FILE   (flags win over the file)
# Every key is the name of an option. To use one, take away the # before it.
# Editors check the file with:  aloware rates schema scenario > scenario.schema.json

# iPro, uPro or xPro; leave it out to name it on the command line.
plan: uPro

# How much of what. 10000, 10,000 and 10k are the same.
agents: 3
#numbers: 10
# Automated texts a month, in segments.
#sms: 10k
# Or a text file and how many get it a month, in place of sms.
#message: promo.txt
#recipients: 5000
# Automated outbound minutes a month.
#minutes: 1000
# What agents dial and send and consumers call and send a month, on local lines.
#agent_minutes: 5000
#inbound_minutes: 5000
#agent_sms: 2000
#inbound_sms: 2000
#toll_free_numbers: 1
#toll_free_minutes: 100
#toll_free_sms: 100
# Any other charge of the cards: aloware rates show upro
#add:
#  number_lookup: 500

# Prices that you supply, USD per unit, for every plan or for one.
#rate:
#  automated_minutes: 0.02
#  upro:toll_free_number: 5.00
#  toll_free_minutes: 0.03
#  toll_free_sms: 0.02

# What a contract says. The term is monthly, quarterly or annual.
#term: monthly
#min_agents: 5
# Percent off a charge, or off all others.
#discount:
#  license: 10%
#  all: 5%

# A2P registration of a brand, starter or standard, and its campaigns.
#brand: standard
#campaigns: 1
#low_volume_campaigns: 1

# Your own cards, from the folder of this file, and the day whose cards count.
#rates: [acme-prices.yaml]
#as_of: 2026-12-31

# The first day: adds the prorated first invoice.
#start: 2026-12-23
# Carrier fees: from the least to the most, or for a mix of 100%.
#carrier_fees: true
#carrier:
#  att: 60%
#  verizon: 40%
# A prepaid balance: adds how long it lasts.
#credits: 100
# List what has no price, and say "at least".
#allow_unpriced: true

# What makes the quote a document.
#prospect: Acme Inc.
#contact: Dana Smith
#prepared_by: Kim
#number: Q-14
#issued: 2026-11-22
#valid_days: 30
#note: Prices before tax.
"""
