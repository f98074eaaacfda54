import GRDB

/// The database's tables. A published migration never changes; a later one follows it.
enum SQLiteTables {
    static let migrations: DatabaseMigrator = {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1 sessions, experiments, links") { database in
            // Times are milliseconds since 1970. Recipes are JSON, so that any SQLite tool can read them.
            try database.execute(
                sql: """
                    CREATE TABLE sessions (
                        id TEXT NOT NULL PRIMARY KEY,
                        recipe TEXT NOT NULL,
                        step INTEGER NOT NULL,
                        playing INTEGER NOT NULL,
                        speed REAL,
                        originSession TEXT,
                        originStep INTEGER,
                        memo TEXT NOT NULL,
                        updated INTEGER NOT NULL
                    ) STRICT;
                    CREATE INDEX sessionsByUse ON sessions(updated);

                    CREATE TABLE journal (
                        sequence INTEGER PRIMARY KEY,
                        session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
                        entry TEXT NOT NULL
                    ) STRICT;
                    CREATE INDEX journalBySession ON journal(session);

                    CREATE TABLE checkpoints (
                        session TEXT NOT NULL PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
                        step INTEGER NOT NULL,
                        bytes BLOB NOT NULL
                    ) STRICT;

                    CREATE TABLE experiments (
                        id TEXT NOT NULL PRIMARY KEY,
                        title TEXT NOT NULL,
                        note TEXT NOT NULL,
                        nickname TEXT NOT NULL,
                        tags TEXT NOT NULL,
                        thumbnail BLOB NOT NULL,
                        recipe TEXT NOT NULL,
                        step INTEGER NOT NULL,
                        owner BLOB NOT NULL,
                        created INTEGER NOT NULL,
                        deleted INTEGER
                    ) STRICT;
                    CREATE INDEX experimentsByAge ON experiments(created);

                    CREATE TABLE links (
                        id TEXT NOT NULL PRIMARY KEY,
                        bytes BLOB NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("2 earlier checkpoints, undo, disk use") { database in
            try database.execute(
                sql: """
                    ALTER TABLE sessions DROP COLUMN originSession;
                    ALTER TABLE sessions DROP COLUMN originStep;
                    ALTER TABLE sessions RENAME COLUMN memo TO chronicle;
                    ALTER TABLE sessions ADD COLUMN tip INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE sessions ADD COLUMN isOpen INTEGER NOT NULL DEFAULT 0;

                    CREATE TABLE rungs (
                        session TEXT NOT NULL REFERENCES sessions ON DELETE CASCADE,
                        step INTEGER NOT NULL,
                        bytes BLOB NOT NULL,
                        PRIMARY KEY (session, step)
                    ) STRICT;

                    CREATE TABLE charts (
                        session TEXT NOT NULL PRIMARY KEY REFERENCES sessions ON DELETE CASCADE,
                        step INTEGER NOT NULL,
                        bytes BLOB NOT NULL
                    ) STRICT;

                    ALTER TABLE links ADD COLUMN used INTEGER NOT NULL DEFAULT 0;
                    ALTER TABLE experiments ADD COLUMN link TEXT;
                    """)
        }
        migrator.registerMigration("3 comparisons") { database in
            try database.execute(sql: "ALTER TABLE sessions ADD COLUMN twin TEXT")
        }
        migrator.registerMigration("4 owners of sessions") { database in
            // Sessions from before have none: the first browser that opens one with a token becomes its owner.
            try database.execute(sql: "ALTER TABLE sessions ADD COLUMN owner BLOB")
        }
        migrator.registerMigration("5 shares of addresses and owners") { database in
            try database.execute(
                sql: """
                    ALTER TABLE sessions ADD COLUMN origin BLOB;
                    CREATE INDEX experimentsByOwner ON experiments(owner);
                    """)
        }
        migrator.registerMigration("6 crashes, sessions set aside") { database in
            // A session set aside is kept as one JSON object of what its columns and its journal held.
            try database.execute(
                sql: """
                    ALTER TABLE sessions ADD COLUMN crashes INTEGER NOT NULL DEFAULT 0;

                    CREATE TABLE setAside (
                        sequence INTEGER PRIMARY KEY,
                        session TEXT NOT NULL,
                        time INTEGER NOT NULL,
                        record TEXT NOT NULL
                    ) STRICT;
                    """)
        }
        migrator.registerMigration("7 addresses of experiments, owners of what was set aside") { database in
            try database.execute(
                sql: """
                    ALTER TABLE experiments ADD COLUMN origin BLOB;
                    CREATE INDEX experimentsByOrigin ON experiments(origin);
                    ALTER TABLE setAside ADD COLUMN owner BLOB;
                    CREATE INDEX setAsideBySession ON setAside(session);
                    """)
        }
        return migrator
    }()
}
