using System.Text.Unicode;
using CsvHelper;

namespace Monolith.Members.Imports;

/// <summary>Reads CSV with a header line: RFC 4180 in UTF-8, commas or semicolons between fields. The columns of our own file of users are known; those that say nothing about a new account are passed over.</summary>
internal sealed class CsvRows(Stream source) : IImportRows, IAsyncDisposable
{
    private static readonly string[] PassedOver = ["id", "user_id", "has_ai_seat", "last_seen_at", "created_at", "global_roles"];

    private static readonly Dictionary<string, string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        ["email"] = "email",
        ["username"] = "username",
        ["name"] = "name",
        ["password"] = "password",
        ["login_type"] = "login_type",
        ["status"] = "status",
        ["user_status"] = "status",
        ["organizations"] = "organizations",
        ["organization"] = "organizations",
        ["roles"] = "roles",
        ["service_account"] = "service_account",
        ["is_service_account"] = "service_account",
    };

    private static readonly CsvReaderOptions Options = CsvReaderOptions.Default with
    {
        MaxRecordSize = ImportLimits.LongestRow,
        MalformedData = CsvMalformedDataHandling.Throw,
        IncludeValuesInExceptions = false,
        SkipEmptyLines = false,
        TrimWhitespace = true,
    };

    private readonly CsvReader _csv = CsvReader.Create(source, Options, leaveOpen: true);
    private Dictionary<string, int>? _columns;
    private long _lastRow;
    private int _number;

    public async Task<Result<IReadOnlyList<ImportRow>>> NextAsync(int most, CancellationToken cancellationToken)
    {
        var batch = new List<ImportRow>();
        try
        {
            if (_columns is null && await ReadHeaderAsync(cancellationToken) is { } bad)
                return bad;
            while (!ImportLimits.IsFull(batch, most) && await _csv.ReadAsync(cancellationToken))
            {
                if (_csv.ByteOffset - _lastRow > ImportLimits.LongestRow)
                    return ImportLimits.Idle;
                if (Enumerable.Range(0, _csv.FieldCount).All(_csv.IsEmpty))
                    continue;
                _lastRow = _csv.ByteOffset;
                batch.Add(Read(++_number));
            }
        }
        catch (CsvFormatException)
        {
            return Error.BadRequest("The file cannot be read.", $"Row {_number + 1} is no CSV, or longer than 1 MiB.");
        }

        return batch;
    }

    public ValueTask DisposeAsync() => _csv.DisposeAsync();

    private async Task<Error?> ReadHeaderAsync(CancellationToken cancellationToken)
    {
        await _csv.ReadHeaderAsync(cancellationToken);
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var index = 0; index < _csv.Headers.Count; index++)
        {
            var header = _csv.Headers[index].Trim();
            if (PassedOver.Contains(header, StringComparer.OrdinalIgnoreCase))
                continue;
            if (!Known.TryGetValue(header, out var name) || !columns.TryAdd(name, index))
                return Error.Invalid("header", $"Column {index + 1} is not known, or there twice. Columns: {string.Join(", ", Known.Values.Distinct())}.");
        }

        if (!columns.ContainsKey("email") && !columns.ContainsKey("username"))
            return Error.Invalid("header", "The first line must name the columns; email or username is one of them.");
        _columns = columns;
        return null;
    }

    private ImportRow Read(int number)
    {
        if (!Utf8.IsValid(_csv.RawRecord))
            return ImportRow.Unreadable(number, "", "Is no UTF-8 text.");
        bool? service = Text("service_account")?.ToUpperInvariant() switch { null or "FALSE" or "F" or "0" => false, "TRUE" or "T" or "1" => true, _ => null };
        return service is { } isService
            ? new ImportRow(number, Text("email"), Text("username"), Text("name"), Text("password"), Text("login_type"), Text("status")?.ToLowerInvariant(), List("organizations"), List("roles"), isService)
            : ImportRow.Unreadable(number, "service_account", "Must be true or false.");
    }

    private string? Text(string column) => _columns!.TryGetValue(column, out var index) && index < _csv.FieldCount && _csv.GetString(index) is { Length: > 0 } text ? text : null;

    // No name holds a blank, a comma or a semicolon.
    private string[] List(string column) => (Text(column) ?? "").Split([';', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
