using EnergyChain.Client.Light;
using EnergyChain.Core;
using EnergyChain.Core.Chain;
using EnergyChain.Core.Primitives;
using EnergyChain.Ledger.GenesisFormat;

namespace EnergyChain.Wallet.Cli;

/// <summary>The genesis that a user trusts: a genesis file, or its hash.</summary>
internal static class GenesisTrust
{
    public static TrustAnchor Read(string text)
    {
        if (Hash32.TryParse(text, out Hash32 hash))
        {
            return new TrustAnchor(hash);
        }

        try
        {
            FileInfo file = new(text);
            if (!file.Exists || file.Length > Limits.MaxGenesisBytes)
            {
                throw new WalletException(
                    ExitCode.Usage,
                    $"--genesis is '{text}': it can be a genesis hash of 0x and 64 hex digits, or a genesis file that "
                    + $"exists, of at most {Limits.MaxGenesisBytes} bytes.");
            }

            return GenesisFile.TryRead(File.ReadAllBytes(text), out Genesis? genesis, out GenesisError? error)
                ? TrustAnchor.Of(genesis)
                : throw new WalletException(ExitCode.Usage, $"'{text}' is no genesis file: {error}");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new WalletException(ExitCode.Usage, $"The genesis file cannot be read: {failure.Message}");
        }
    }
}
