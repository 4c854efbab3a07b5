use database::person::{self, DemoPerson};
use domain::view::frame::DemoSignIn;

use crate::{Environment, Refused};

/// The people whose password is published, for the demo's sign-in page. None outside the demo.
///
/// # Errors
/// When the database can't be reached.
pub async fn demo_sign_ins(environment: &Environment) -> Result<Vec<DemoSignIn>, Refused> {
    if !environment.is_demo() {
        return Ok(Vec::new());
    }
    let mut connection = environment.database().unscoped().await.map_err(diesel::result::Error::from)?;
    let brands: Vec<_> =
        database::brand::all(&mut connection).await?.into_iter().map(|brand| brand.id).collect();
    drop(connection);
    let mut transaction = environment.database().scoped(&brands).await?;
    let people = person::demo_people(&mut transaction).await?;
    Ok(people.into_iter().map(|person| sign_in_of(person, brands.len())).collect())
}

fn sign_in_of(person: DemoPerson, brand_count: usize) -> DemoSignIn {
    let role = person.role.label();
    let brands = match person.brands.as_slice() {
        all if all.len() == brand_count && brand_count == 2 => "both brands".to_owned(),
        all if all.len() == brand_count => "all brands".to_owned(),
        some => some.join(", "),
    };
    DemoSignIn { role: format!("{role}, {brands}"), name: person.name, email: person.email }
}
