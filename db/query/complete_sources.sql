-- The ends of paths, as `--file` takes them.
SELECT DISTINCT replace(path, rtrim(path, replace(path, '/', '')), '') AS name FROM file ORDER BY name
