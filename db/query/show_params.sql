SELECT DISTINCT name, value FROM chosen JOIN run_param USING (run_id) ORDER BY 1, 2
