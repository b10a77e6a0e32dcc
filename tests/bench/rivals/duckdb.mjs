// The sums of five metrics by variant, over each customer's seven days after the first exposure, by DuckDB on one
// thread. Rows: customer, second, 1 for an exposure, name (or variant), value. Prints CPU seconds and the sums as JSON.

import { DuckDBInstance } from '@duckdb/node-api';

const WEEK = 7 * 86_400;
const SUMS = `
  WITH entered AS (
    SELECT customer, min(second) AS since, arg_min(name, second) AS variant FROM happened WHERE exposed GROUP BY customer),
  of_each AS (
    SELECT entered.customer, any_value(variant) AS variant,
      coalesce(max(CAST(name = 'purchase' AS INT)), 0) AS bought,
      coalesce(sum(value) FILTER (name = 'purchase'), 0) AS spent,
      count(*) FILTER (name = 'visit') AS visits,
      coalesce(max(CAST(name = 'help' AS INT)), 0) AS helped,
      avg(value) FILTER (name = 'rating') AS rated
    FROM entered LEFT JOIN happened
      ON happened.customer = entered.customer AND NOT exposed AND second >= since AND second < since + ${WEEK}
    GROUP BY entered.customer)
  SELECT variant, count(*) AS units, sum(bought) AS bought, sum(spent) AS spent, sum(spent * spent) AS spent_squared,
    sum(visits) AS visits, sum(visits * visits) AS visits_squared, sum(helped) AS helped,
    sum(rated) AS rated, sum(rated * rated) AS rated_squared, count(rated) AS raters
  FROM of_each GROUP BY variant ORDER BY variant`;

async function timed(work) {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [(user + system) / 1e6, result];
}

const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
const [load_s] = await timed(() => connection.run(
  `CREATE TABLE happened AS SELECT * FROM read_csv($rows, header = false, columns = {
     'customer': 'INTEGER', 'second': 'INTEGER', 'exposed': 'BOOLEAN', 'name': 'VARCHAR', 'value': 'DOUBLE'})`,
  { rows: process.argv[2] }));
const times = [];
let arms;
for (let round = 0; round < 3; ++round) {
  const [seconds, reader] = await timed(() => connection.runAndReadAll(SUMS));
  times.push(seconds);
  arms = reader.getRowObjectsJson();
}
const query_s = times.sort((a, b) => a - b)[1];
console.log(JSON.stringify({ load_s, query_s, arms: arms.map((arm) => ({ ...arm, units: Number(arm.units) })) }));
