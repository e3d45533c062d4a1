using System.Net.Http.Json;
using System.Runtime.CompilerServices;

namespace Monolith.Client;

/// <content>Lists, row by row: the next page is fetched when its first row is asked for.</content>
public partial class MonolithClient
{
    /// <summary>All users that match, whatever their number.</summary>
    /// <param name="query">Which, and in which order; null for all, by username.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="MonolithException">The deployment refused a page.</exception>
    public IAsyncEnumerable<User> EnumerateUsersAsync(ListQuery? query = null, CancellationToken cancellationToken = default) =>
        PagesAsync<UserPage, User>("api/v2/users", query, page => page.Users, cancellationToken);

    /// <summary>All members of an organization that match.</summary>
    /// <param name="organization">The name or the id of the organization; <c>default</c> is the default one.</param>
    /// <param name="query">Which, and in which order; null for all, by username.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="MonolithException">The deployment refused a page.</exception>
    public IAsyncEnumerable<OrganizationMemberWithUserData> EnumerateMembersAsync(string organization, ListQuery? query = null, CancellationToken cancellationToken = default) =>
        PagesAsync<MemberPage, OrganizationMemberWithUserData>($"api/v2/organizations/{Uri.EscapeDataString(organization)}/paginated-members", query, page => page.Members, cancellationToken);

    /// <summary>Everybody with evidence of AI use who matches.</summary>
    /// <param name="query">Which, and in which order; null for all.</param>
    /// <param name="cancellationToken">Ends the enumeration.</param>
    /// <exception cref="MonolithException">The deployment refused a page.</exception>
    public IAsyncEnumerable<Seat> EnumerateSeatsAsync(ListQuery? query = null, CancellationToken cancellationToken = default) =>
        PagesAsync<SeatPage, Seat>("api/v2/ai-seats", query, page => page.Seats, cancellationToken);

    private async IAsyncEnumerable<TRow> PagesAsync<TPage, TRow>(string path, ListQuery? query, Func<TPage, IEnumerable<TRow>> rows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        Uri? next = (query ?? new ListQuery()).At(path);
        while (next is not null)
        {
            using var response = await _httpClient.GetAsync(next, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
                throw await RefusedAsync(response, cancellationToken).ConfigureAwait(false);
            var page = await response.Content.ReadFromJsonAsync<TPage>(JsonSerializerSettings, cancellationToken).ConfigureAwait(false);
            foreach (var row in rows(page!))
                yield return row;
            next = NextLink.Of(response);
        }
    }

    private static async Task<MonolithException> RefusedAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new MonolithException($"The deployment answered {(int)response.StatusCode}.", (int)response.StatusCode, text, response.Headers.ToDictionary(header => header.Key, header => header.Value), null);
    }
}
