-- What the selected processes could run that has no counts, by reason: how many, and an example.
SELECT reason, sum(function IS NULL) AS units, sum(function IS NOT NULL) AS functions,
       min(coalesce(function, unit)) AS example
FROM (SELECT DISTINCT unit, function, line, reason FROM not_instrumented JOIN selected USING (process_id))
GROUP BY reason
ORDER BY units + functions DESC, reason
