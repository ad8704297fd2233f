-- Instrumented modules with what their site tables hold.
SELECT m.path,
       (SELECT count(*) FROM unit u WHERE u.module_id = m.id AND u.reason IS NULL),
       (SELECT count(*) FROM unit u JOIN function f ON f.unit_id = u.id WHERE u.module_id = m.id AND f.reason IS NULL),
       (SELECT count(*) FROM unit u JOIN function f ON f.unit_id = u.id JOIN line l ON l.function_id = f.id
        WHERE u.module_id = m.id),
       m.build_id
FROM (SELECT DISTINCT pm.module_id FROM selected JOIN process_module pm USING (process_id) WHERE pm.instrumented) chosen
JOIN module m ON m.id = chosen.module_id
ORDER BY m.path
