SELECT DISTINCT name, value FROM chosen JOIN run_param USING (run_id) ORDER BY name, CAST(value AS REAL), value
