using System.Reflection;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Monolith.Members.Imports;

/// <summary>A file as it comes in: CSV or JSON lines by its Content-Type; anything else is a short one in one JSON body.</summary>
internal sealed class ImportBody : IEndpointParameterMetadataProvider
{
    public const string Description =
        "From 1 to 1000 accounts as JSON. A file of up to 100,000 is CSV with a header line (text/csv) or a JSON object a line (application/x-ndjson), with the same members. " +
        "An e-mail address that has an account already changes nothing, so the same file may be sent again. Whoever has no password sets one later. " +
        "With Accept: application/x-ndjson a line comes for each row, and one with the sums after each 500.";

    private const string Csv = "text/csv";
    private const string Lines = "application/x-ndjson";
    private const int Most = 1000;

    private readonly string? _form;
    private readonly Body<ImportAccounts>? _whole;

    private ImportBody(string? form, Body<ImportAccounts>? whole) => (_form, _whole) = (form, whole);

    public static async ValueTask<ImportBody?> BindAsync(HttpContext context)
    {
        var form = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            ? Array.Find([Csv, Lines], known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase))
            : null;
        if (form is null)
            return new(null, (await Body<ImportAccounts>.BindAsync(context))!);

        // Rows are read a batch at a time, each of them limited: the file as a whole need not be.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        return new(form, null);
    }

    /// <summary>Its rows, or why they cannot be read.</summary>
    public (IImportRows? Rows, Error? Error) Open(HttpRequest request) => _whole switch
    {
        null => (_form == Csv ? new CsvRows(request.Body) : new JsonRows(request.BodyReader), null),
        { Error: { } unreadable } => (null, unreadable),
        { Value.Accounts: { Count: >= 1 and <= Most } accounts } => (new ListRows(accounts), null),
        _ => (null, Error.Invalid("accounts", $"From 1 to {Most} accounts are required; send more as a file.")),
    };

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json", Lines, Csv, "*/*"], typeof(ImportAccounts)));
}

/// <summary>Answers an import: one report at the end, or with <c>Accept: application/x-ndjson</c> a line for each row and one after each batch.</summary>
internal sealed class ImportResult(
    ImportBody body, string? dryRun, string? organization,
    Func<IReadOnlyList<ImportRow>, KnownAccounts?, ICommand<IReadOnlyList<ImportRowResult>>> command) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var isDry = false;
        var stream = httpContext.RequestServices.GetRequiredService<ImportStream>();
        var refusal = await httpContext.RequestServices.GetRequiredService<ImportAccess>().RefuseAsync(organization, httpContext.RequestAborted)
            ?? (string.IsNullOrEmpty(dryRun) || bool.TryParse(dryRun, out isDry) ? null : Error.Invalid("dry_run", "Must be true or false."));
        if (refusal is not null)
        {
            await ErrorWriter.WriteAsync(httpContext, refusal);
            return;
        }

        var (rows, unreadable) = body.Open(httpContext.Request);
        if (unreadable is not null)
        {
            await ErrorWriter.WriteAsync(httpContext, unreadable);
            return;
        }

        var wantsLines = ProgressLines.AreWanted(httpContext.Request);
        var result = await stream.RunAsync(
            rows!, isDry, command, (batch, sums) => wantsLines ? WriteAsync(httpContext, batch, sums) : Task.CompletedTask, httpContext.RequestAborted);
        if (httpContext.Response.HasStarted)
            await WriteAsync(httpContext, [], result.Match(report => report with { Failures = [] }, stream.Broken));
        else if (result.IsSuccess)
            await ApiResults.WriteJsonAsync(httpContext, StatusCodes.Status200OK, result.Value);
        else
            await ErrorWriter.WriteAsync(httpContext, result.Error);
    }

    private static async Task WriteAsync(HttpContext context, IReadOnlyList<ImportRowResult> rows, ImportReport sums)
    {
        foreach (var row in rows)
            await ProgressLines.WriteAsync(context, row);
        await ProgressLines.WriteAsync(context, sums);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
