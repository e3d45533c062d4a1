using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monolith.Kernel.Authorization;
using Monolith.Web.Http;

namespace Monolith.Api.Description;

/// <summary>What the document says about an operation, beside the route itself: from its request, its metadata and the comments in the code.</summary>
internal static class OperationDescription
{
    private const string Failure = "default";
    private const string TooMany = "429";
    private const string BadRequest = "400";
    private const string Refused = "403";

    public static async Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var request = metadata.OfType<Sends>().SingleOrDefault()?.Request;
        var requirement = request is null ? null : RequestRequirement.Of(request);
        if (requirement is { IsOpen: true })
            operation.Security = [];
        operation.Description = string.Join("\n\n", Sentences(operation.Description ?? (request is null ? null : DocComments.OfType(request)), requirement));

        if (operation.Responses?.TryGetValue("200", out var good) == true && good.Content is { } formats)
            AddFiles(formats, metadata);
        QueryParameters.Describe(operation, context.Description, metadata.OfType<SearchSyntax>().SingleOrDefault());
        RouteParameters.Describe(operation);

        // Any content type is read as JSON; the document names the one that clients should send.
        operation.RequestBody?.Content?.Remove("*/*");
        if (operation.RequestBody is OpenApiRequestBody body)
            body.Required = true;

        await AnswerAsync(operation, context, cancellationToken);
        ApiExamples.Add(operation);
    }

    private static void AddFiles(IDictionary<string, OpenApiMediaType> formats, IList<object> metadata)
    {
        if (metadata.OfType<OffersCsv>().Any())
            formats["text/csv"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
        if (metadata.OfType<OffersLines>().Any())
            formats["application/x-ndjson"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };
    }

    private static IEnumerable<string> Sentences(string? own, RequestRequirement? requirement)
    {
        if (own is not null)
            yield return own;
        if (requirement is not null)
            yield return requirement.IsOpen ? "Open to everybody." : $"Needs {requirement.InWords()}.";
    }

    private static async Task AnswerAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var document = context.Document!;
        var responses = operation.Responses ??= [];
        var error = await context.GetOrCreateSchemaAsync(typeof(ErrorBody), null, cancellationToken);
        // Whatever the operation: a query string that is no text, and anybody but an owner who asks to go without limits, are refused.
        foreach (var status in new[] { BadRequest, Refused, TooMany, Failure })
            responses[status] = new OpenApiResponse { Content = new Dictionary<string, OpenApiMediaType> { ["application/json"] = new() { Schema = error } } };
        var own = OwnHeaders(operation, context).ToList();
        foreach (var (status, response) in responses)
        {
            if (response is not OpenApiResponse described)
                continue;
            described.Description = Words(status, described.Description);
            ApiHeaders.Name(described, status, own, document);
        }
    }

    private static IEnumerable<string> OwnHeaders(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        if (metadata.OfType<HasEntityTag>().Any())
            yield return ApiHeaders.ETag;
        if (operation.Parameters?.Any(one => one.Name == "limit") == true)
            yield return ApiHeaders.Link;
        if (operation.Tags?.Any(tag => tag.Name is "Users" or "Members") == true && operation.Responses!.ContainsKey("200"))
            yield return ApiHeaders.Enrichment;
        if (metadata.OfType<EstimatesCount>().Any())
            yield return ApiHeaders.Count;
        if (metadata.OfType<SetsSessionAttribute>().Any())
            yield return ApiHeaders.SetCookie;
    }

    private static string Words(string status, string? given) => status switch
    {
        BadRequest => "A value is wrong; `validations` names each.",
        "401" => "No valid token was sent.",
        Refused => "The caller may not do this, or asked to go without rate limits and is no owner.",
        "404" => "What the route names does not exist, or is hidden from the caller.",
        "409" => "It conflicts with what is stored.",
        "412" => "It was changed meanwhile: the tag of If-Match is stale.",
        "417" => "Something must be removed first.",
        "304" => "It is as If-None-Match says; there is no body.",
        TooMany => "Too many requests; Retry-After says how long to wait.",
        Failure => "Any other failure, such as 413, 415, 500 and 503.",
        "204" => "Done; there is no body.",
        _ => given ?? "",
    };
}
