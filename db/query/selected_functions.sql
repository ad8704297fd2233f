-- Functions of the modules that the selected processes could run, and how many of them are not instrumented.
WITH chosen AS (SELECT DISTINCT module_id FROM selected JOIN process_module USING (process_id)),
     known AS (SELECT DISTINCT u.module_id, f.file_id, f.line, f.name, f.reason
               FROM chosen JOIN unit u USING (module_id) JOIN function f ON f.unit_id = u.id),
     strange AS (SELECT count(*) AS functions FROM chosen JOIN stranger USING (module_id))
SELECT (SELECT count(*) FROM known) + functions, (SELECT count(*) FROM known WHERE reason IS NOT NULL) + functions
FROM strange
