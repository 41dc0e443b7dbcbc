using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Ledger.GenesisFormat;
using EnergyChain.Node.Hosting;

namespace EnergyChain.Node.Setup;

/// <summary>Reads genesis files from disk.</summary>
public static class GenesisLoader
{
    /// <summary>Throws <see cref="OperatorException"/> with what is wrong and where.</summary>
    public static Genesis Load(string path)
    {
        try
        {
            return Read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OperatorException($"genesis '{path}' cannot be read: {error.Message}", error);
        }
    }

    private static Genesis Read(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > Limits.MaxGenesisBytes)
        {
            throw OperatorException.ForOption(
                "genesis", path, $"an existing file of at most {Limits.MaxGenesisBytes} bytes");
        }

        if (!GenesisFile.TryRead(File.ReadAllBytes(path), out Genesis? genesis, out GenesisError? error))
        {
            throw new OperatorException($"genesis '{path}' is wrong: {error}");
        }

        return GenesisCouncilCheck.ProblemOf(genesis) is { } problem
            ? throw new OperatorException($"genesis '{path}' is wrong: {problem}")
            : genesis;
    }
}
