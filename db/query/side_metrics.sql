-- Figures of the whole program, by run of a side.
SELECT name, repeat - 1 AS run, value FROM side_run JOIN run_metric USING (run_id) WHERE side = :side
ORDER BY name, run
