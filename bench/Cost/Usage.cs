using System.Globalization;
using System.Net.Sockets;
using Npgsql;

namespace Monolith.Cost;

/// <summary>What a server and its database backends have used so far, by the accounting of the operating system. It does not depend on how busy the machine is.</summary>
/// <param name="Server">Microseconds of processor time of the server.</param>
/// <param name="Database">Microseconds of processor time of the backends that serve clients, and of workers that have ended.</param>
/// <param name="Allocated">Bytes that the server allocated.</param>
/// <param name="Collections">Collections of the garbage collector, of any generation.</param>
internal sealed record Usage(double Server, double Database, double Allocated, double Collections)
{
    public static async Task<Usage> ReadAsync(string meter, NpgsqlDataSource database)
    {
        var server = await AskAsync(meter);
        return new Usage(server[0], await BackendsAsync(database), server[1], server[2] + server[3] + server[4]);
    }

    public static Usage operator -(Usage left, Usage right) =>
        new(left.Server - right.Server, left.Database - right.Database, left.Allocated - right.Allocated, left.Collections - right.Collections);

    private static async Task<double[]> AskAsync(string meter)
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(meter));
        await using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream);
        return [.. (await reader.ReadLineAsync())!.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
    }

    /// <summary>Backends live as long as a pool keeps them; what they used counts once, also after their end: the postmaster has waited for them.</summary>
    private static async Task<double> BackendsAsync(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand("select pid from pg_stat_activity where backend_type in ('client backend', 'parallel worker') and pid <> pg_backend_pid()");
        await using var reader = await command.ExecuteReaderAsync();
        var used = 0.0;
        var postmaster = 0;
        while (await reader.ReadAsync())
        {
            var pid = reader.GetInt32(0);
            if (!File.Exists($"/proc/{pid}/schedstat"))
                continue;
            used += double.Parse((await File.ReadAllTextAsync($"/proc/{pid}/schedstat")).Split(' ')[0], CultureInfo.InvariantCulture) / 1000;
            postmaster = int.Parse(Fields(pid)[1], CultureInfo.InvariantCulture);
        }

        var ended = Fields(postmaster);
        return used + ((double.Parse(ended[13], CultureInfo.InvariantCulture) + double.Parse(ended[14], CultureInfo.InvariantCulture)) * 10_000);
    }

    /// <summary>What follows the name of the command in <c>/proc/PID/stat</c>, which may hold spaces: the state, the parent, …</summary>
    private static string[] Fields(int pid)
    {
        var stat = File.ReadAllText($"/proc/{pid}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }
}
