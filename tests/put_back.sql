-- What lets a database put itself back: a copy of its rows, and the function that does it.
--
-- A table that had no rows is emptied if it holds anything; one that had some is filled anew if
-- it has more or fewer now, or one that a later transaction has written. The function tells
-- whether the tables and their triggers are what they were: those it leaves as they are.

CREATE SCHEMA kept;
CREATE TABLE kept.full_ (name text, rows_ bigint);
CREATE TABLE kept.empty_ (name text);
CREATE TABLE kept.sequence_ (name text, value_ bigint);
CREATE TABLE kept.since (number_ bigint);

DO $$
DECLARE
  each record;
  number_ bigint;
BEGIN
  FOR each IN SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'
  LOOP
    EXECUTE format('SELECT count(*) FROM %s', each.name) INTO number_;
    IF number_ = 0 THEN
      INSERT INTO kept.empty_ VALUES (each.name);
    ELSE
      EXECUTE format('CREATE TABLE kept.%s AS TABLE public.%s', each.name, each.name);
      INSERT INTO kept.full_ VALUES (each.name, number_);
    END IF;
  END LOOP;
  INSERT INTO kept.sequence_
    SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public';
  INSERT INTO kept.since VALUES (pg_current_xact_id()::text::bigint);
END $$;

CREATE FUNCTION kept.put_back() RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
  each record;
  written boolean;
  last_ bigint := (SELECT number_ FROM kept.since);
BEGIN
  PERFORM pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle';
  SET LOCAL session_replication_role = replica;  -- no keys are looked after, nor any trigger
  FOR each IN SELECT name FROM kept.empty_ WHERE pg_relation_size(name::regclass) > 0
  LOOP
    EXECUTE format('DELETE FROM %s', each.name);
  END LOOP;
  FOR each IN SELECT name, rows_ FROM kept.full_
  LOOP
    EXECUTE format(
      'SELECT count(*) <> $1 OR coalesce(bool_or(xmin::text::bigint > $2), false) FROM %s',
      each.name
    ) INTO written USING each.rows_, last_;
    IF written THEN
      EXECUTE format('DELETE FROM %s', each.name);
      EXECUTE format('INSERT INTO %s OVERRIDING SYSTEM VALUE TABLE kept.%s', each.name, each.name);
    END IF;
  END LOOP;
  PERFORM setval(k.name::regclass, coalesce(k.value_, 1), k.value_ IS NOT NULL)
    FROM kept.sequence_ k JOIN pg_sequences s
      ON quote_ident(s.sequencename) = k.name AND s.schemaname = 'public'
    WHERE s.last_value IS DISTINCT FROM k.value_;
  UPDATE kept.since SET number_ = pg_current_xact_id()::text::bigint;
  RETURN NOT EXISTS (SELECT FROM pg_class WHERE xmin::text::bigint > last_)
    AND NOT EXISTS (SELECT FROM pg_trigger WHERE xmin::text::bigint > last_);
END $$;
