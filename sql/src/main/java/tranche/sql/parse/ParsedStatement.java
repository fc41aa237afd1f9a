package tranche.sql.parse;

import tranche.sql.tree.Node;

/// One statement of a text.
///
/// @param text the statement without what separates it from others: no semicolon, no comment before
///   it
/// @param offset where it begins in the text that was parsed, in characters from 0
/// @param line the line where it begins, from 1
/// @param tree the statement's node, such as a `CreateStmt`; places in it are places in the text
///   that was parsed, like `offset`
public record ParsedStatement(String text, int offset, int line, Node tree) {}
