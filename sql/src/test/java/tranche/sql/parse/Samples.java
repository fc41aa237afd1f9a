package tranche.sql.parse;

/// Texts that several tests use.
final class Samples {
  /// What a release of a SaaS changes in a tenant's schema.
  static final String MIGRATION =
      """
      -- Orders get a currency; see the release notes.
      SET LOCAL lock_timeout = '2s';
      CREATE TABLE currency (
        code char(3) PRIMARY KEY,
        name text NOT NULL DEFAULT '',
        added_at timestamptz NOT NULL DEFAULT now(),
        CONSTRAINT code_is_upper CHECK (code = upper(code) AND length(code) = 3)
      );
      INSERT INTO currency (code, name) VALUES ('EUR', 'Euro'), ('CHF', 'Swiss franc'), ('JPY', 'Yen');
      ALTER TABLE orders ADD COLUMN currency char(3) NOT NULL DEFAULT 'EUR' REFERENCES currency (code);
      CREATE INDEX CONCURRENTLY IF NOT EXISTS orders_currency_idx ON orders (currency, created_at DESC) WHERE paid;
      UPDATE orders o SET currency = c.currency FROM customer c WHERE c.id = o.customer_id AND c.currency IS NOT NULL;
      CREATE OR REPLACE VIEW open_orders AS
        SELECT o.id, o.total, o.currency, c.name AS customer
        FROM orders o JOIN customer c ON c.id = o.customer_id
        WHERE NOT o.paid AND o.created_at > now() - interval '90 days';
      CREATE OR REPLACE FUNCTION touch() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.updated_at := now();
        RETURN NEW;
      END $$;
      ALTER TABLE orders ALTER COLUMN currency DROP DEFAULT;
      COMMENT ON COLUMN orders.currency IS 'ISO 4217';
      """;

  private Samples() {}

  /// How many statements a text has that must be right.
  static int count(ParseResult result) {
    return ((ParseResult.Parsed) result).statements().size();
  }
}
