using System.Net.Sockets;

/// <summary>
/// Loaded into a server under test with <c>DOTNET_STARTUP_HOOKS</c>: answers each connection to the socket <c>MONOLITH_METER</c> with what the process has used so far, on one line:
/// microseconds of processor time, bytes allocated, collections of the three generations.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("MONOLITH_METER") is not { Length: > 0 } path)
            return;
        File.Delete(path);
        var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen();
        new Thread(() =>
        {
            while (true)
            {
                using var client = listener.Accept();
                var used = (long)Environment.CpuUsage.TotalTime.TotalMicroseconds;
                client.Send(System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant(
                    $"{used} {GC.GetTotalAllocatedBytes(precise: true)} {GC.CollectionCount(0)} {GC.CollectionCount(1)} {GC.CollectionCount(2)}\n")));
            }
        })
        { IsBackground = true, Name = "meter" }.Start();
    }
}
