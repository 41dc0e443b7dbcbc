using System.Diagnostics;

namespace EnergyChain.Node.Devnet;

/// <summary>How to start this program once more.</summary>
public static class NodeExecutable
{
    private static readonly string Assembly = typeof(NodeExecutable).Assembly.Location;

    /// <summary>The command as a person can type it.</summary>
    public static string CommandLine(params string[] arguments)
    {
        ProcessStartInfo start = StartInfo(arguments);
        return string.Join(' ', start.ArgumentList.Prepend(start.FileName).Select(Quoted));
    }

    public static ProcessStartInfo StartInfo(params string[] arguments)
    {
        string name = Path.GetFileNameWithoutExtension(Assembly);
        string? current = Environment.ProcessPath;
        string? running = Path.GetFileNameWithoutExtension(current);
        ProcessStartInfo start = new();
        if (running == name)
        {
            start.FileName = current!;
        }
        else
        {
            start.FileName = running == "dotnet" ? current! : DotnetPath();
            start.ArgumentList.Add(Assembly);
        }

        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return start;
    }

    // A test host is neither this program nor dotnet; the SDK tells its children where dotnet is.
    private static string DotnetPath() => Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    private static string Quoted(string argument) => argument.Contains(' ') ? $"\"{argument}\"" : argument;
}
