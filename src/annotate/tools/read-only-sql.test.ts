import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isReadOnlySql } from './read-only-sql.ts';

describe('isReadOnlySql', () => {
  it.each([
    'SELECT * FROM cases WHERE id = 7',
    'select 1;',
    "SELECT 'delete everything' AS note",
    "SELECT 'it''s' -- drop table cases\n FROM cases",
    'WITH open AS (SELECT * FROM cases) SELECT count(*) FROM open',
    '(SELECT 1) UNION (SELECT 2)',
    'SELECT "update", [delete], `drop` FROM t',
    'SELECT updated_at, deleted FROM t /* insert */',
    'EXPLAIN SELECT 1',
    'SHOW tables',
    'SHOW CREATE TABLE shop.users',
    'PRAGMA table_info(users)',
    'PRAGMA main.foreign_key_list(users);',
    'PRAGMA database_list',
    'SELECT $$what he said$$',
    "SELECT data #>> '{a,b}', tags[1] FROM t",
    "SELECT ARRAY['a', 'b'] FROM t",
    'SELECT t.call, c.load, "copy".lock FROM calls t, "copy" c',
    "SELECT replace(name, 'a', 'b'), sleep, benchmark FROM nights",
    'SELECT 5--1',
    "SELECT 1 -- it's fine",
    'SELECT "User"."Id" FROM "User" WHERE "Id" IN (SELECT 1)',
  ])('accepts %s', (sql) => {
    expect(isReadOnlySql(sql)).toBe(true);
  });

  it.each([
    '',
    ';',
    'DELETE FROM cases',
    'SELECT 1; DROP TABLE cases',
    'WITH gone AS (DELETE FROM cases RETURNING *) SELECT * FROM gone',
    'SELECT * INTO copy FROM cases',
    'SELECT * FROM cases FOR UPDATE',
    'SELECT * FROM cases FOR NO KEY SHARE',
    'SELECT * FROM cases for share',
    'EXPLAIN ANALYZE DELETE FROM cases',
    'SELECT /*! 1; DROP TABLE cases */ 1',
    "SELECT '\\'; DROP TABLE cases; --'",
    "SELECT 'open",
    'SELECT /* open',
    "SELECT 1 INTO OUTFILE '/tmp/x'",
    'CALL pay(7)',
    'PRAGMA writable_schema = 1',
    'PRAGMA table_info(users) = 1',
    'SHOW CREATE TABLE users DELETE FROM users',
    'SHOW tables DELETE FROM users',
    'PRAGMA journal_mode',
    "SELECT pg_read_file('/etc/passwd')",
    'SELECT pg_sleep(100)',
    '-- SELECT\nTRUNCATE cases',
    'ſelect 1',
    'SELECT 1 DROP TABLE cases',
    'SELECT 1.DELETE FROM cases',
    'SELECT 1e1.DELETE FROM cases',
    'SELECT t.*DELETE FROM cases',
    'SELECT 1 WAITFOR DELAY 1',
    "SELECT 1 # '\n; DELETE FROM cases; -- '",
    'SELECT 1 # 2; DELETE FROM cases',
    'SELECT 1 --2; DELETE FROM cases',
    "SELECT ARRAY['a]'] ; DELETE FROM cases --'",
    `SELECT "a\\"" ; DELETE FROM cases WHERE x="b" -- "`,
    "SELECT /* /* */ ' */ ; DELETE FROM cases -- '",
    "SELECT q'[']' FROM dual; DELETE FROM cases --'",
    "SELECT '''a'b'''; DELETE FROM cases --'",
    'SELECT 1 -- x\r; DELETE FROM cases',
    'SELECT 1\0; DELETE FROM cases',
    'SELECT $$; DELETE FROM cases; $$',
    "SELECT pg_read_binary_file('/etc/passwd')",
    "SELECT * FROM pg_catalog.pg_ls_dir('/')",
    "SELECT dblink_exec('host=x', 'drop table cases')",
    'SELECT lo_unlink(7)',
    'SELECT pg_terminate_backend(7)',
    "SELECT query_to_xml('delete from cases', true, true, '')",
    'SELECT "pg_sleep"(9)',
    'SELECT [pg_sleep] (9)',
  ])('refuses %s', (sql) => {
    expect(isReadOnlySql(sql)).toBe(false);
  });

  it('says something of every text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (sql) => typeof isReadOnlySql(sql) === 'boolean'));
  });

  it('refuses a writing statement whatever comment or space stands around its words', () => {
    const space = fc.constantFrom(' ', '\n', '\t', '/**/', '/* x */', '-- y\n');
    fc.assert(
      fc.property(space, space, fc.constantFrom('delete', 'DROP', 'Insert'), (a, b, word) => {
        expect(isReadOnlySql(`select 1;${a}${word}${b}x`)).toBe(false);
        expect(isReadOnlySql(`${a}${word}${b}x`)).toBe(false);
      }),
    );
  });
});
