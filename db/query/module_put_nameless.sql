-- The same for a module without a build-id, which only its path names.
INSERT INTO module (build_id, path, tables_read) VALUES ('', :path, 0)
ON CONFLICT (path) WHERE build_id = '' DO UPDATE SET path = excluded.path
RETURNING id, tables_read
