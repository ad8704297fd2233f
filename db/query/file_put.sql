-- The row of a file version, made where it is not there.
INSERT INTO file (path, hash) VALUES (:path, :hash)
ON CONFLICT (path, hash) DO UPDATE SET path = excluded.path
RETURNING id
