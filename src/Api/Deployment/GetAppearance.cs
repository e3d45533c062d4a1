using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class GetAppearanceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/appearance",
            (HttpRequest request, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetAppearanceQuery(request.Address()), ct).Ok())
        .For<GetAppearanceQuery>("get-appearance", "Tells how the deployment presents itself.")
        .Produces<Appearance>();
}

/// <summary>How the deployment presents itself. <c>docs_url</c> is a whole address. There is nothing to configure yet: no logo, no banners, no links.</summary>
internal sealed record Appearance(
    string ApplicationName,
    string LogoUrl,
    string DocsUrl,
    Banner ServiceBanner,
    IReadOnlyList<Banner> AnnouncementBanners,
    IReadOnlyList<SupportLink> SupportLinks);

/// <summary>A line above every page.</summary>
internal sealed record Banner(bool Enabled, string? Message = null, string? BackgroundColor = null);

/// <summary>A link in the help menu.</summary>
internal sealed record SupportLink(string Name, string Target, string Icon);

[AllowAnonymousRequest("The sign-in page shows it.")]
[NothingToValidate("It has no input of the client's.")]
internal sealed record GetAppearanceQuery(string Address) : IQuery<Appearance>;

internal sealed class GetAppearanceHandler : IQueryHandler<GetAppearanceQuery, Appearance>
{
    public Task<Result<Appearance>> Handle(GetAppearanceQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<Appearance>>(new Appearance("Monolith", "", $"{request.Address}/docs", new Banner(false), [], []));
}
