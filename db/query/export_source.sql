-- The text of a file as the selected processes ran it; the one read last where there are several.
SELECT source.packed
FROM file JOIN source ON source.hash = file.hash
WHERE file.path = :path
  AND EXISTS (SELECT 1 FROM function f JOIN process_unit pu ON pu.unit_id = f.unit_id
              JOIN selected s ON s.process_id = pu.process_id WHERE f.file_id = file.id)
ORDER BY source.id DESC
LIMIT 1
