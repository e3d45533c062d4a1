using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monolith.Api.Deployment;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <summary>What the OpenAPI document says beyond the routes themselves.</summary>
internal static class ApiDocument
{
    private const string Scheme = "SessionToken";

    public static void Configure(OpenApiOptions options)
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo { Title = "Monolith", Version = ApiVersion.Product };
            document.Servers = [];
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
            {
                [Scheme] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "Coder-Session-Token" },
            };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Scheme, document)] = [] }];
            return Task.CompletedTask;
        });
        options.AddSchemaTransformer((schema, context, _) =>
        {
            // The generator cannot look into converters of our own: without this, text and times have no type.
            var type = Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
            if (type == typeof(string) || type == typeof(DateTimeOffset) || type.IsEnum)
                schema.Type = JsonSchemaType.String | (context.JsonPropertyInfo?.IsGetNullable == true ? JsonSchemaType.Null : default);
            if (context.JsonTypeInfo.ElementType == typeof(string))
                schema.Items ??= new OpenApiSchema { Type = JsonSchemaType.String };
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
                operation.Security = [];
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<OffersCsv>().Any() && operation.Responses?["200"].Content is { } formats)
                formats["text/csv"] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.String } };

            QueryParameters.Describe(operation, context.Description.ActionDescriptor.EndpointMetadata.OfType<SearchSyntax>().SingleOrDefault());

            // Any content type is read as JSON; the document names the one that clients should send.
            operation.RequestBody?.Content?.Remove("*/*");
            return Task.CompletedTask;
        });
    }
}
