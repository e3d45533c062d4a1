using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monolith.Api.Deployment;
using Monolith.Web.Http;

namespace Monolith.Api.Description;

/// <summary>The OpenAPI document: what it says as a whole. Operations and members are described from the code that carries them out.</summary>
internal static class ApiDocument
{
    /// <summary>The name of the document, and of its address <c>/openapi/v2.json</c>: OpenAPI 3.1.</summary>
    public const string Name = "v2";

    /// <summary>The same in OpenAPI 3.0, for generators that need it.</summary>
    public const string OlderName = "v2-3.0";

    public static IServiceCollection AddApiDocument(this IServiceCollection services) => services
        .AddSingleton<WireTypes>()
        .AddOpenApi(Name, options => Configure(options, OpenApiSpecVersion.OpenApi3_1))
        .AddOpenApi(OlderName, options => Configure(options, OpenApiSpecVersion.OpenApi3_0));

    public static void MapApiDocument(this IEndpointRouteBuilder documents)
    {
        documents.MapOpenApi("/openapi/{documentName}.json");
        documents.MapOpenApi("/openapi/{documentName}.yaml");
        documents.MapGet("/openapi", (HttpRequest request) => Results.Redirect($"{request.PathBase}/openapi/{Name}.json")).ExcludeFromDescription();
    }

    private static void Configure(OpenApiOptions options, OpenApiSpecVersion version)
    {
        options.OpenApiVersion = version;
        options.ShouldInclude = description => $"/{description.RelativePath}".StartsWith(ApiRoutes.Prefix, StringComparison.Ordinal);
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Monolith",
                Version = ApiVersion.Product,
                Summary = version == OpenApiSpecVersion.OpenApi3_1 ? "Organizations, members, roles, licenses and AI seats." : null,
                Description =
                    "Organizations, members, roles, licenses and AI seats. Wire-compatible with the same routes of Coder's `/api/v2`.\n\n"
                    + "Every failure has the body `{message, detail?, validations?}`. Names are snake_case, times are RFC 3339 in UTC, lists are never null. "
                    + "In a body, null and an empty text stand for a member that is left out. A page with a `limit` links to the next one.",
                License = new OpenApiLicense { Name = "MIT", Identifier = version == OpenApiSpecVersion.OpenApi3_1 ? "MIT" : null, Url = version == OpenApiSpecVersion.OpenApi3_0 ? new Uri("https://opensource.org/license/mit") : null },
                Contact = new OpenApiContact { Name = "The administrators of this deployment" },
            };
            document.Servers = [new OpenApiServer { Url = "/", Description = "This deployment." }];
            ApiSecurity.Describe(document);
            ApiHeaders.Describe(document);
            ApiTags.Describe(document);
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer<MemberSchemas>();
        options.AddOperationTransformer(OperationDescription.DescribeAsync);
    }
}
