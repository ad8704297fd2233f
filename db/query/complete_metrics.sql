SELECT DISTINCT name FROM run_metric WHERE run_id = (SELECT max(id) FROM run) ORDER BY name
