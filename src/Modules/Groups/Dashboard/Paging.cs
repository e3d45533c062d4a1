using System.Globalization;
using Monolith.Web.Dashboard;

namespace Monolith.Groups.Dashboard;

internal static class Paging
{
    public static PageRequest Of(ListState query) => new(query.Size.ToString(CultureInfo.InvariantCulture), query.Offset.ToString(CultureInfo.InvariantCulture), null);
}
