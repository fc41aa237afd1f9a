package tranche.sql.effect;

import java.util.Set;
import tranche.sql.name.Name;

/// The types that every PostgreSQL has: none of them is a domain.
final class BuiltInTypes {
  private static final Set<String> NAMES =
      Set.of(
          """
          aclitem bit bool boolean box bpchar bytea char cid cidr circle date daterange
          datemultirange float4 float8 inet int2 int2vector int4 int4range int4multirange int8
          int8range int8multirange integer bigint smallint interval json jsonb jsonpath line lseg
          macaddr macaddr8 money name numeric nummultirange numrange oid oidvector path pg_lsn
          pg_snapshot point polygon real refcursor regclass regcollation regconfig regdictionary
          regnamespace regoper regoperator regproc regprocedure regrole regtype text tid time timestamp
          timestamptz timetz tsmultirange tsquery tsrange tstzmultirange tstzrange tsvector
          txid_snapshot uuid varbit varchar xid xid8 xml citext hstore geometry geography ltree lquery
          vector halfvec cube
          """
              .strip()
              .split("\\s+"));

  private BuiltInTypes() {}

  static boolean contains(Name type) {
    return type.schema().filter("pg_catalog"::equals).isPresent() || NAMES.contains(type.own());
  }
}
