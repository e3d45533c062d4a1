using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Privacy;
using Monolith.Kernel.Settings;
using Monolith.Members.Contracts;
using Monolith.Members.Dashboard;
using Monolith.Members.Dashboard.Lists;
using Monolith.Members.Directory;
using Monolith.Members.Dormancy;
using Monolith.Members.Imports;
using Monolith.Members.Invitations;
using Monolith.Members.Memberships;
using Monolith.Members.Organizations;
using Monolith.Members.Privacy;
using Monolith.Members.Sessions;
using Monolith.Members.Users;
using Monolith.Roles.Contracts;
using Monolith.Web.Dashboard;

[assembly: RoomTag("Dormancy", "Users")]
[assembly: RoomTag("Invitations", "Users")]
[assembly: RoomTag("Imports", "Users")]
[assembly: RoomTag("Memberships", "Members")]
[assembly: RoomTag("Organizations", "Organizations")]
[assembly: RoomTag("Privacy", "Users")]
[assembly: RoomTag("Sessions", "Users")]
[assembly: RoomTag("Users", "Users")]

namespace Monolith.Members;

/// <summary>People, sessions, organizations and memberships.</summary>
public sealed class MembersModule : IModule
{
    /// <inheritdoc />
    public static string Name => "members";

    /// <inheritdoc />
    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(ResourceType.ApiKey, "API keys", PermissionAction.Create, PermissionAction.Delete, PermissionAction.Read, PermissionAction.Update),
        new(ResourceType.Organization, "Organization", PermissionAction.Create, PermissionAction.Delete, PermissionAction.Read, PermissionAction.Update),
        new(ResourceType.OrganizationMember, "Members of the organization", PermissionAction.Create, PermissionAction.Delete, PermissionAction.Read, PermissionAction.Update),
        new(ResourceType.User, "Users", PermissionAction.Create, PermissionAction.Delete, PermissionAction.Read, PermissionAction.ReadPersonal, PermissionAction.Update, PermissionAction.UpdatePersonal),
    ];

    /// <inheritdoc />
    public static IReadOnlyCollection<string> Features { get; } =
        [FeatureNames.MultipleOrganizations, FeatureNames.ServiceAccounts, FeatureNames.UserRoleManagement];

    /// <inheritdoc />
    public static IReadOnlyList<SettingDeclaration> Settings { get; } =
        [.. SessionSettings.Declared, .. DormancySettings.Declared, .. InvitationSettings.Declared, ErasureSettings.Declared];

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<IPasswordHasher<PasswordOwner>, PasswordHasher<PasswordOwner>>();
        services.AddSingleton<PasswordCheck>();
        services.AddScoped<IFirstUser, FirstUser>();
        AddSessions(services, configuration);
        AddDormancy(services, configuration);
        AddInvitations(services, configuration);
        AddImports(services);
        services.AddScoped<IUserData, AccountData>();
        services.AddScoped<IEraser, Eraser>();
        services.AddSingleton(ErasureSettings.Read(configuration));
        services.AddRecurringWork<UserEraser>();
        services.AddScoped<OrganizationDirectory>();
        services.AddScoped<IOrganizationDirectory>(provider => provider.GetRequiredService<OrganizationDirectory>());
        services.AddScoped<INavigationSource, MembersNavigation>();
        services.AddScoped<UserListReader>();
        services.AddScoped<StatusForecast>();
        services.AddScoped<UserResolver>();
        services.AddScoped<IReadableUsers>(provider => provider.GetRequiredService<UserResolver>());
        services.AddScoped<IUserDirectory>(provider => provider.GetRequiredService<UserResolver>());
        services.AddScoped<IUserSettingsStore, UserSettingsStore>();
        services.AddScoped<AiSeatEnrichment>();
        services.AddScoped<UserResponses>();
        services.AddScoped<IUserWriter, UserWriter>();
        services.AddScoped<IAccountGuard, AccountGuard>();
        services.AddScoped<ISetUp, DefaultOrganization>();
        services.AddScoped<OwnerMaker>();
        services.AddScoped<INamedAccounts, NamedAccounts>();
        services.AddScoped<IOwnerRecovery, OwnerRecovery>();
        services.AddScoped<NewUserChecks>();
        services.AddScoped<SiteRoleGrant>();
        services.AddScoped<OrganizationReader>();
        services.AddScoped<IOrganizationWriter, OrganizationWriter>();
        services.AddSingleton<IUserSearch, SharedUserSearch>();
        services.AddScoped<UserListSearch>();
        services.AddSingleton<UserListValidator>();
        services.AddScoped<SeatFeature>();
        services.AddScoped<IAuthCheckTargets, AuthCheckTargets>();
        services.AddScoped<ISubjectDirectory, SubjectDirectory>();
        services.AddScoped<MemberResponses>();
        services.AddScoped<MemberTarget>();
        services.AddScoped<IMembershipLock, MembershipLock>();
        services.AddScoped<IMembershipHolds, MembershipHolds>();
        services.AddScoped<MembershipRules>();
        services.AddScoped<IWorkspaceSharingStore, WorkspaceSharingStore>();
        services.AddScoped<IMembershipWriter, MembershipWriter>();
        services.AddScoped<IRoleHolders, RoleHolderCounts>();
        services.AddScoped<RoleChangeRecorder>();
        services.AddRecurringWork<MilestoneSurvey>();
        services.AddReadStore<MembersModule, MemberRow>(MemberMap.Table);
        services.AddReadStore<MembersModule, UserRow>(UserMap.Table);
    }

    private static void AddImports(IServiceCollection services)
    {
        services.AddScoped<ImportAccess>();
        services.AddScoped<ImportStream>();
        services.AddScoped<IKnownAccountReader, KnownAccountReader>();
        services.AddTransient<AccountImporter>();
        services.AddTransient<AccountChecks>();
        services.AddTransient<MemberJoins>();
    }

    private static void AddDormancy(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(DormancySettings.Read(configuration));
        services.AddSingleton<IDormancyRound, DormancyRounds>();
        services.AddRecurringWork<DormancyWorker>();
        services.AddScoped<IDormancyStore, DormancyStore>();
        services.AddScoped<IDormancyOutlook, DormancyOutlooks>();
        services.AddScoped<IAccountForecast, AccountForecast>();
    }

    private static void AddInvitations(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(new InvitationSettings(configuration));
        services.AddScoped<IInvitationStore, InvitationStore>();
        services.AddScoped<InvitationLetter>();
    }

    private static void AddSessions(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(SessionSettings.Read(configuration));
        services.AddSingleton<SessionActivity>();
        services.AddHostedService(provider => provider.GetRequiredService<SessionActivity>());
        services.AddRecurringWork<SessionCleaner>();
        services.AddSingleton(new SubjectCache());
        services.AddScoped<SessionUse>();
        services.AddScoped<SessionLookup>();
        services.AddScoped<ISessions>(provider => provider.GetRequiredService<SessionLookup>());
        services.AddScoped<ISessionRehearsal, SessionRehearsal>();
        services.AddScoped<ILastSeenBackfill, Presence>();
        services.AddScoped<DormantUserActivation>();
        services.AddScoped<IWakeStore, WakeStore>();
        services.AddScoped<ICredentialStore, CredentialStore>();
        services.AddScoped<CredentialVerifier>();
        services.AddScoped<SessionOpener>();
        services.AddScoped<IApiKeyStore, ApiKeyStore>();
        services.AddScoped<IApiKeyReader, ApiKeyReader>();
        services.AddScoped<TokenLifetimes>();
        services.AddScoped<ApiKeyOwners>();
        services.AddScoped<ApiKeyIssuer>();
    }
}
