using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Components;
using Monolith.Members.Imports;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>A page that brings people in by a file: looks at it first, and imports it when it is sent again. Larger files go to the API.</summary>
public abstract class ImportPage : DashboardPage
{
    private const int LargestFile = 900_000;
    private const int MostLines = 100;

    private readonly List<ImportRowResult> _rows = [];

    [Inject]
    private ImportStream Stream { get; set; } = null!;

    [Inject]
    private ImportAccess Access { get; set; } = null!;

    /// <summary>The file that was looked at; null before.</summary>
    private protected string? Content { get; private set; }

    /// <summary><c>csv</c> or <c>lines</c>.</summary>
    private protected string Form { get; private set; } = "csv";

    /// <summary>What became of it; null before.</summary>
    private protected ImportOutcomes.ImportSums? Report { get; private set; }

    /// <summary>Rows to show: refused ones first.</summary>
    private protected IReadOnlyList<ImportOutcomes.ImportLineWords> Lines => [.. _rows
        .OrderBy(row => row.Outcome != ImportOutcome.Failed).ThenBy(row => row.Row).Take(MostLines)
        .Select(row => new ImportOutcomes.ImportLineWords(
            row.Row, row.Username, WireJson.Name(row.Outcome.ToString()), row.Errors is { Count: > 0 } errors ? string.Join(' ', errors.Select(error => $"{error.Field}: {error.Detail}".TrimStart(':', ' '))) : null))];

    /// <summary>A route of the API for a script, which no host puts the path base in front of.</summary>
    private protected string ApiOf(string route) => $"{Http.Request.PathBase}/api/v2/{route}";

    /// <summary>Whoever may not import sees no form.</summary>
    private protected async Task EnterAsync(string? organization)
    {
        if (await Access.RefuseAsync(organization, Http.RequestAborted) is { } refusal)
            Fail(refusal);
    }

    private protected async Task RunAsync(Func<IReadOnlyList<ImportRow>, KnownAccounts?, ICommand<IReadOnlyList<ImportRowResult>>> command)
    {
        if (Failure is not null || !await ReadAsync())
            return;
        var bytes = new MemoryStream(Encoding.UTF8.GetBytes(Content!));
        IImportRows rows = Form == "csv" ? new CsvRows(bytes) : new JsonRows(PipeReader.Create(bytes));
        var isDry = Http.Request.Form["step"] != "run";
        var done = await Stream.RunAsync(rows, isDry, command, Keep, Http.RequestAborted);
        if (done.Error is { } error)
            Refuse(error);
        var sums = done.IsSuccess ? done.Value : Stream.Broken(done.Error!);
        Report = sums.Rows == 0 ? null : new(sums.Rows, sums.Created, sums.Added, sums.Unchanged, sums.Failed, sums.DryRun);
    }

    private Task Keep(IReadOnlyList<ImportRowResult> batch, ImportReport sums)
    {
        _rows.AddRange(batch.Where(row => row.Outcome == ImportOutcome.Failed || _rows.Count < MostLines).Take(ImportLimits.MostRows));
        return Task.CompletedTask;
    }

    private async Task<bool> ReadAsync()
    {
        var form = Http.Request.Form;
        if (form.Files.GetFile("file") is { Length: > 0 } file)
        {
            if (file.Length > LargestFile)
            {
                Refuse(Error.BadRequest(Texts.ImportTooLarge));
                return false;
            }

            using var reader = new StreamReader(file.OpenReadStream());
            Content = await reader.ReadToEndAsync(Http.RequestAborted);
            Form = Content.TrimStart().StartsWith('{') ? "lines" : "csv";
        }
        else if (form["content"].ToString() is { Length: > 0 } looked)
        {
            (Content, Form) = (looked, form["form"] == "lines" ? "lines" : "csv");
        }
        else
        {
            Refuse(Error.BadRequest(Texts.ImportNoFile));
        }

        return Content is not null;
    }
}
