using System.CommandLine;
using EnergyChain.CrashTests;

RootCommand root = CrashCommand.Create();
ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (string message in parsed.Errors.Select(problem => problem.Message).Distinct())
    {
        await Console.Error.WriteLineAsync(message);
    }

    await Console.Error.WriteLineAsync("See --help.");
    return CrashCommand.WrongUsage;
}

return await parsed.InvokeAsync();
