-- A unit of a module; yields its id only where it is new.
INSERT INTO unit (module_id, site_id, name, directory, reason, sites, first_function, first_line)
VALUES (:module, :site, :name, :directory, :reason, :sites, :function, :line)
ON CONFLICT (module_id, site_id) DO NOTHING
RETURNING id
