using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Results;

namespace Monolith.Roles.Tests;

/// <summary>A module of somebody else's, with a resource type that nothing outside of it names.</summary>
internal sealed class AnnouncementsModule : IModule
{
    public const string Announcement = "announcement";

    public static string Name => "announcements";

    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(Announcement, "Announcements", PermissionAction.Read, PermissionAction.Create)
        {
            Grants =
            [
                new("owner", PermissionAction.Create, PermissionAction.Read),
                new("organization-member", PermissionAction.Read),
                new("organization-member", PermissionAction.Create) { OnOwn = true },
            ],
        },
    ];

    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
    }
}

[RequiresPermission(AnnouncementsModule.Announcement, PermissionAction.Create)]
internal sealed record PostAnnouncementQuery(string Organization) : IQuery<string>, IOrganizationRequest;

internal sealed class PostAnnouncementHandler(CurrentOrganization organization) : IQueryHandler<PostAnnouncementQuery, string>
{
    public Task<Result<string>> Handle(PostAnnouncementQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<string>>($"posted in {organization.Value.Name}");
}
