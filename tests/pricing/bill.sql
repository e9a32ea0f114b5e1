-- What each order comes to, in whole cents: a second implementation, for the tests.
-- Prices are whole numbers of 10^-8 USD, discounts hundredths of a percent: no fraction anywhere.

CREATE TABLE charge (charge TEXT PRIMARY KEY, one_time INT, pass_through INT);
CREATE TABLE rate (sheet INT, plan TEXT, charge TEXT, term TEXT, state TEXT, model TEXT,
                   block INT, allowance INT, PRIMARY KEY (sheet, plan, charge, term));
CREATE TABLE tier (sheet INT, plan TEXT, charge TEXT, term TEXT, low INT, high INT, price INT,
                   PRIMARY KEY (sheet, plan, charge, term, low));
CREATE TABLE asked (id INTEGER PRIMARY KEY, sheet INT, plan TEXT, term TEXT, minimum INT);
CREATE TABLE wanted (id INT, charge TEXT, quantity INT, PRIMARY KEY (id, charge));
CREATE TABLE discount (id INT, charge TEXT, hundredths INT, PRIMARY KEY (id, charge));
CREATE TABLE supplied (id INT, charge TEXT, own INT, PRIMARY KEY (id, charge));

-- Licenses are billed for each agent, and up to the minimum.
CREATE VIEW seats AS
SELECT asked.id, COALESCE(quantity, 0) AS agents, MAX(COALESCE(quantity, 0), minimum) AS billed
FROM asked LEFT JOIN wanted ON wanted.id = asked.id AND charge = 'license';

-- A line counts the units after `first` up to `last`, among `whole`.
CREATE VIEW counted AS
SELECT id, charge, 0 AS first, quantity AS last, IIF(charge = 'license', billed, quantity) AS whole
FROM wanted JOIN seats USING (id) WHERE quantity > 0
UNION ALL
SELECT id, 'license', agents, billed, billed FROM seats WHERE billed > agents;

-- What the seats include is not charged; a price of the user's own stands in for the sheet's.
CREATE VIEW due AS
SELECT id, charge, first, last - free AS last, whole - free AS whole,
       sheet, plan, term, state, model, block, own, hundredths
FROM (SELECT id, charge, first, last, whole, sheet, plan, term, state, model, block, own,
             IIF(own IS NULL, MIN(last - first, billed * allowance), 0) AS free,
             COALESCE(its.hundredths, every_other.hundredths, 0) AS hundredths
      FROM counted JOIN seats USING (id) JOIN asked USING (id)
      JOIN rate USING (sheet, plan, term, charge)
      LEFT JOIN supplied USING (id, charge)
      LEFT JOIN discount its USING (id, charge)
      LEFT JOIN (SELECT id, hundredths FROM discount WHERE charge = 'all') every_other USING (id));

CREATE VIEW listed AS
SELECT due.*, CASE
  WHEN own IS NOT NULL THEN (last - first) * own
  WHEN state = 'included' THEN 0
  WHEN state = 'unpublished' THEN NULL
  WHEN model = 'per unit' THEN (last - first) * base.price
  WHEN model = 'flat' THEN IIF(first = 0, base.price, 0)
  WHEN model = 'package' THEN
    ((last + block - 1) / block - (first + block - 1) / block) * base.price
  WHEN model = 'graduated' THEN (
    SELECT SUM(MAX(0, MIN(due.last, tier.high) - MAX(due.first, tier.low)) * tier.price)
    FROM tier WHERE (tier.sheet, tier.plan, tier.charge, tier.term)
                  = (due.sheet, due.plan, due.charge, due.term))
  WHEN model = 'volume' THEN (last - first) * (
    SELECT tier.price FROM tier
    WHERE (tier.sheet, tier.plan, tier.charge, tier.term)
        = (due.sheet, due.plan, due.charge, due.term)
      AND tier.low < MAX(due.whole, 1) AND due.whole <= tier.high)
  END AS amount
FROM due LEFT JOIN tier base USING (sheet, plan, charge, term) WHERE COALESCE(base.low, 0) = 0;

-- 10^-12 USD to cents, half up, line by line; NULL where a price is not published. A second line
-- of a charge is what it adds to the cents of the first one.
CREATE VIEW line AS
SELECT id, charge, first, one_time,
       (so_far + 5000000000) / 10000000000 - (so_far - net + 5000000000) / 10000000000 AS cents
FROM (SELECT id, charge, first, one_time, net,
             SUM(net) OVER (PARTITION BY id, charge ORDER BY first) AS so_far
      FROM (SELECT id, charge, first, one_time,
                   amount * (10000 - IIF(pass_through, 0, hundredths)) AS net
            FROM listed JOIN charge USING (charge)));

CREATE VIEW bill AS
SELECT id,
       SUM(IIF(one_time, 0, COALESCE(cents, 0))) AS month,
       SUM(IIF(one_time, COALESCE(cents, 0), 0)) AS once,
       SUM(cents IS NULL) AS missing,
       SUM(typeof(cents) = 'real') AS inexact
FROM line GROUP BY id;
