"""Pure functions: a scenario and a rate card to an order, an order and a card to a quote."""
