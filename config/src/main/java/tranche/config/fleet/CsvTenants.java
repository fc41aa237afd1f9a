package tranche.config.fleet;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import tranche.config.files.TextFile;
import tranche.config.problem.ConfigProblem;
import tranche.config.problem.Findings;
import tranche.config.problem.Where;
import tranche.core.problem.ProblemException;

/// Reads tenants from CSV as in RFC 4180, with a header line.
final class CsvTenants {
  private static final int MAX_BYTES = 64 * 1024 * 1024;
  private static final int MAX_RECORD = 64 * 1024;

  private final Path file;
  private final Findings findings;

  CsvTenants(Path file, Findings findings) {
    this.file = file;
    this.findings = findings;
  }

  List<TenantRow> read() {
    String text = TextFile.read(file, MAX_BYTES);
    // The record that is read when something cannot be parsed begins behind this line.
    long line = 0;
    try (var reader = builder().ofCsvRecord(text)) {
      Iterator<CsvRecord> records = reader.iterator();
      if (!records.hasNext()) {
        throw header("empty", "a header line with id,tier,region,status,reason");
      }
      List<String> header = header(records.next());
      List<TenantRow> rows = new ArrayList<>();
      line = 1;
      while (records.hasNext()) {
        CsvRecord csvRecord = records.next();
        line = csvRecord.getStartingLineNumber();
        findings.attempt(() -> row(header, csvRecord)).ifPresent(rows::add);
        TenantSources.requireFew(rows.size(), at(line));
      }
      return rows;
    } catch (CsvParseException | UncheckedIOException e) {
      String expected =
          "CSV with every quote closed and records of at most " + MAX_RECORD + " characters";
      throw new ProblemException(
          new ConfigProblem.WrongStructure(at(line + 1), "the record", "not CSV", expected), e);
    } catch (IOException e) {
      throw TextFile.unreadable(file, e);
    }
  }

  private static CsvReader.CsvReaderBuilder builder() {
    return CsvReader.builder()
        .allowExtraFields(true)
        .allowMissingFields(true)
        .allowExtraCharsAfterClosingQuote(false)
        .maxBufferSize(MAX_RECORD);
  }

  private List<String> header(CsvRecord first) {
    List<String> header = first.getFields().stream().map(String::strip).toList();
    for (String column : header) {
      if (!RowReader.COLUMNS.contains(column)) {
        throw new ConfigProblem.UnknownKey(at(1), column, RowReader.COLUMNS).exception();
      }
    }
    if (header.stream().distinct().count() != header.size()) {
      throw header(String.join(",", header), "a header line that names each column once");
    }
    if (!header.contains("id") || !header.contains("tier")) {
      throw header(String.join(",", header), "a header line with at least id and tier");
    }
    return header;
  }

  private ProblemException header(String found, String expected) {
    return RowReader.wrong(at(1), "the header line", found, expected);
  }

  private TenantRow row(List<String> header, CsvRecord csvRecord) {
    Where where = at(csvRecord.getStartingLineNumber());
    if (csvRecord.getFieldCount() != header.size()) {
      throw RowReader.wrong(
          where,
          "the number of fields",
          String.valueOf(csvRecord.getFieldCount()),
          header.size() + " fields, as in the header line");
    }
    Map<String, String> columns = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      columns.put(header.get(i), csvRecord.getField(i));
    }
    return RowReader.read(columns, where);
  }

  private Where at(long line) {
    return Where.line(file.toString(), line);
  }
}
