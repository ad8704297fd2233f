SELECT DISTINCT name FROM run_param ORDER BY name
