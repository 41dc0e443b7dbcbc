namespace EnergyChain.Contracts.Tests;

/// <summary>Folders of the repository, found from the test's own.</summary>
internal static class ProjectFolders
{
    internal static string Root { get; } = FindRoot();

    internal static string Contracts { get; } = Path.Combine(Root, "Contracts");

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(TestContext.CurrentContext.TestDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EnergyChain.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("EnergyChain.sln is in no folder above the tests.");
    }
}
