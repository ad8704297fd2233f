-- The row of a module, made where it is not there.
INSERT INTO module (build_id, path, tables_read) VALUES (:build_id, :path, 0)
ON CONFLICT (build_id) WHERE build_id <> '' DO UPDATE SET build_id = excluded.build_id
RETURNING id, tables_read
