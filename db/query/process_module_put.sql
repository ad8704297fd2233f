-- A module may be loaded twice (dlmopen): one row says enough.
INSERT INTO process_module VALUES (:process, :module, :path, :instrumented)
ON CONFLICT (process_id, module_id) DO UPDATE SET instrumented = max(instrumented, excluded.instrumented)
