using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Monolith.Members.Imports;

/// <summary>A file as it comes in: CSV or JSON lines, by its Content-Type.</summary>
internal sealed class ImportBody : IEndpointParameterMetadataProvider
{
    public const string Description =
        "The body is CSV with a header line (text/csv) or a JSON object a line (application/x-ndjson): email, username, name, password, login_type, status, organizations, roles, service_account. " +
        "An e-mail address that has an account already changes nothing, so the same file may be sent again. Whoever has no password sets one later. " +
        "With Accept: application/x-ndjson a line comes for each row, and one with the sums after each 500.";

    private const string Csv = "text/csv";
    private const string Lines = "application/x-ndjson";

    private ImportBody(string? form) => Form = form;

    private string? Form { get; }

    public bool IsKnown => Form is not null;

    public static ValueTask<ImportBody?> BindAsync(HttpContext context)
    {
        var form = MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type)
            ? Array.Find([Csv, Lines], known => type.MediaType.Equals(known, StringComparison.OrdinalIgnoreCase))
            : null;

        // Rows are read a batch at a time, each of them limited: the file as a whole need not be.
        if (form is not null)
            context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        return ValueTask.FromResult<ImportBody?>(new(form));
    }

    public IImportRows Rows(HttpRequest request) => Form == Csv ? new CsvRows(request.Body) : new JsonRows(request.BodyReader);

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata([Lines, Csv], typeof(ImportLine)));
}

/// <summary>Answers an import: one report at the end, or with <c>Accept: application/x-ndjson</c> a line for each row and one after each batch.</summary>
internal sealed class ImportResult(
    ImportBody body, string? dryRun, string? organization,
    Func<IReadOnlyList<ImportRow>, KnownAccounts?, ICommand<IReadOnlyList<ImportRowResult>>> command) : IResult
{
    private static readonly Error UnknownForm = new(ErrorKind.UnsupportedMediaType, "The request body must be a file of accounts.", "Send Content-Type text/csv or application/x-ndjson.");

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var isDry = false;
        var stream = httpContext.RequestServices.GetRequiredService<ImportStream>();
        var refusal = await httpContext.RequestServices.GetRequiredService<ImportAccess>().RefuseAsync(organization, httpContext.RequestAborted)
            ?? (body.IsKnown ? null : UnknownForm)
            ?? (string.IsNullOrEmpty(dryRun) || bool.TryParse(dryRun, out isDry) ? null : Error.Invalid("dry_run", "Must be true or false."));
        if (refusal is not null)
        {
            await ErrorWriter.WriteAsync(httpContext, refusal);
            return;
        }

        var wantsLines = httpContext.Request.Headers.Accept.Any(value => value?.Contains("application/x-ndjson", StringComparison.OrdinalIgnoreCase) == true);
        var result = await stream.RunAsync(
            body.Rows(httpContext.Request), isDry, command, (rows, sums) => wantsLines ? WriteAsync(httpContext, rows, sums) : Task.CompletedTask, httpContext.RequestAborted);
        if (httpContext.Response.HasStarted)
            await WriteAsync(httpContext, [], result.Match(report => report with { Failures = [] }, stream.Broken));
        else if (result.IsSuccess)
            await ApiResults.WriteJsonAsync(httpContext, StatusCodes.Status200OK, result.Value);
        else
            await ErrorWriter.WriteAsync(httpContext, result.Error);
    }

    private static async Task WriteAsync(HttpContext context, IReadOnlyList<ImportRowResult> rows, ImportReport sums)
    {
        if (!context.Response.HasStarted)
            context.Response.ContentType = "application/x-ndjson";
        foreach (var row in rows)
            await LineAsync(row);
        await LineAsync(sums);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);

        async Task LineAsync<T>(T line)
        {
            await JsonSerializer.SerializeAsync(context.Response.BodyWriter, line, WireJson.Options, context.RequestAborted);
            await context.Response.BodyWriter.WriteAsync("\n"u8.ToArray(), context.RequestAborted);
        }
    }
}
