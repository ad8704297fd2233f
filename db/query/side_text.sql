SELECT file.path, file.hash, source.packed FROM file LEFT JOIN source USING (hash) WHERE file.id = :file
