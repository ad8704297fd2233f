-- In what runs of two sides may differ beside the program, as texts: one row for each value that a side has.
WITH seen AS (                                            -- not imported: of those nothing else is known
    SELECT side, process.* FROM side_process JOIN process ON process.id = process_id WHERE ended <> 'imported'
), facts AS (
    SELECT side, 'who measured' AS what, coalesce('imported from ' || format, 'farm') AS value
    FROM side_process LEFT JOIN imported USING (process_id)
    UNION
    SELECT side, 'machine', host || ', ' || cpu || ', ' || cores || ' cores' FROM seen
    UNION
    SELECT side, 'kernel', kernel FROM seen
    UNION
    SELECT side, 'sampling', sampler || ' at ' || sample_hz || ' Hz' FROM seen
    UNION
    SELECT side, 'machine', host || ', ' || cpu || ', ' || cores || ' cores'
    FROM side_run JOIN recorded USING (run_id)
    WHERE run_id NOT IN (SELECT run_id FROM side_process)
    UNION
    SELECT side, 'the compiler or its options', producer
    FROM side_process JOIN process_unit USING (process_id) JOIN unit ON unit.id = unit_id
    WHERE producer <> ''
    UNION
    SELECT side, 'arguments',
           (SELECT coalesce(group_concat(value, ' '), '') FROM json_each(coalesce(root.argv, s.argv)) WHERE key > 0)
    FROM side_run JOIN run_summary s ON s.id = side_run.run_id LEFT JOIN process root ON root.id = s.root_id
    WHERE s.ended IS NOT 'imported'
    UNION
    SELECT side, 'the parameter ' || name, value FROM side_run JOIN run_param USING (run_id)
    UNION
    SELECT side, 'how the program ended',
           CASE ended WHEN 'lost' THEN 'killed' WHEN 'timeout' THEN 'timed out'
                      WHEN 'exec' THEN 'became another program' WHEN 'dump' THEN 'dump' ELSE ended || ' ' || end_value
           END
    FROM side_run JOIN run_summary ON run_summary.id = run_id
    WHERE ended <> 'imported'
)
SELECT side, what, group_concat(value, '; ') FROM (SELECT * FROM facts ORDER BY what, value)
GROUP BY side, what
ORDER BY what, side
