using Microsoft.AspNetCore.Http;
using Monolith.Api.Hosting;
using Monolith.Web.Http;

namespace Monolith.Api.Tests.Hosting;

/// <summary>While the database is being prepared.</summary>
public sealed class StartingTests
{
    [Theory]
    [InlineData("/docs", true, true)]
    [InlineData("/docs", false, false)]
    [InlineData("/api/v2/users", false, false)]
    [InlineData("/healthz", false, true)]
    public async Task Documents_and_health_are_there_and_what_needs_the_database_is_not(string path, bool isDocument, bool passes)
    {
        var passed = false;
        var readiness = new ReadinessMiddleware(_ => Task.FromResult(passed = true), new DatabaseReadiness());
        var context = new DefaultHttpContext { Request = { Path = path } };
        context.Request.Headers.Accept = path == "/docs" ? "text/html" : "application/json";
        context.SetEndpoint(new Endpoint(null, new EndpointMetadataCollection(isDocument ? [new OpenDocumentAttribute()] : []), path));

        // The page of the error needs the whole server.
        await Record.ExceptionAsync(() => readiness.InvokeAsync(context));
        Assert.Equal(passes, passed);
    }
}
