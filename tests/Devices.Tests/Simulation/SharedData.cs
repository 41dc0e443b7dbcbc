namespace EnergyChain.Devices.Tests.Simulation;

/// <summary>Finds the measured homes that lie beside the project; a test without them is ignored.</summary>
internal static class SharedData
{
    public static string Homes()
    {
        DirectoryInfo? directory = new(TestContext.CurrentContext.TestDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "EnergyChain.sln")))
        {
            directory = directory.Parent;
        }

        string path = Path.Combine(directory?.FullName ?? ".", "..", "shared", "data", "citylearn2022");
        if (!Directory.Exists(path))
        {
            Assert.Ignore("The measured homes (citylearn2022) are not beside the project.");
        }

        return path;
    }
}
