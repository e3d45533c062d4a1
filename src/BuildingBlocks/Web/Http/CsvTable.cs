using CsvHelper;
using Monolith.Kernel.Authorization;

namespace Monolith.Web.Http;

/// <summary>A list as a CSV file: RFC 4180, UTF-8 with a byte order mark, a header line, text that a spreadsheet would run as a formula made harmless with a quote.</summary>
/// <param name="FileName">The suggested name.</param>
/// <param name="Columns">From left to right.</param>
public sealed record CsvTable<T>(string FileName, IReadOnlyList<CsvColumn<T>> Columns)
{
    internal IRowWriter<T> Rows(IFeatureGate features) =>
        new CsvRows([.. Columns.Where(column => column.Feature is null || features.Check(column.Feature) is null)]);

    private sealed class CsvRows(IReadOnlyList<CsvColumn<T>> columns) : IRowWriter<T>
    {
        private static readonly CsvWriterOptions Options = CsvWriterOptions.Default with { Injection = CsvInjection.Escape, TrueValue = "true", FalseValue = "false" };

        private const string Signs = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

        private readonly MemoryStream _buffer = new();
        private CsvWriter? _csv;

        public string ContentType => "text/csv; charset=utf-8; header=present";

        public ReadOnlyMemory<byte> Written => _buffer.GetBuffer().AsMemory(0, (int)_buffer.Length);

        public void Begin()
        {
            // Without the mark spreadsheets take UTF-8 for something else.
            _buffer.Write("\uFEFF"u8);
            _csv = CsvWriter.Create(_buffer, Options, leaveOpen: true);
            foreach (var column in columns)
                _csv.WriteField(column.Name);
            _csv.EndRecord();
            _csv.Flush();
        }

        public void Write(IReadOnlyList<T> rows)
        {
            foreach (var row in rows)
            {
                foreach (var column in columns)
                    Write(column.Value(row));
                _csv!.EndRecord();
            }
            _csv!.Flush();
        }

        public void End(long? count) => _csv!.Flush();

        public void Clear() => _buffer.SetLength(0);

        public void Dispose()
        {
            _csv?.Dispose();
            _buffer.Dispose();
        }

        private void Write(object? value)
        {
            switch (value)
            {
                // The zero time means never: an empty cell.
                case DateTimeOffset time:
                    _csv!.WriteField(time == DateTimeOffset.MinValue ? "" : time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture));
                    break;
                case bool flag:
                    _csv!.WriteField(flag);
                    break;
                case Guid id:
                    _csv!.WriteField(id.ToString());
                    break;
                default:
                    _csv!.WriteField(Harmless(value as string ?? ""));
                    break;
            }
        }

        // The writer knows the plain signs at the very beginning. Spreadsheets also skip blanks, and read the full-width forms like the others.
        private static string Harmless(string text)
        {
            if (text.Length == 0 || "=+-@\t\r".Contains(text[0], StringComparison.Ordinal))
                return text;
            var begin = text.AsSpan().TrimStart();
            return text.AsSpan(0, text.Length - begin.Length).ContainsAny('\t', '\r', '\n') || (begin.Length > 0 && Signs.Contains(begin[0], StringComparison.Ordinal)) ? $"'{text}" : text;
        }
    }
}

/// <summary>A column of a CSV file.</summary>
/// <param name="Name">The header.</param>
/// <param name="Value">Text, a uuid, a bool or a time.</param>
/// <param name="Feature">The column is left out unless this feature is usable.</param>
public sealed record CsvColumn<T>(string Name, Func<T, object?> Value, string? Feature = null);
