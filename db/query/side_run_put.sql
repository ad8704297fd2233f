-- The chosen runs as repeats of one side.
INSERT INTO side_run (side, run_id, repeat)
SELECT :side, id, row_number() OVER (ORDER BY started_ns, id) FROM run WHERE id IN (SELECT run_id FROM chosen)
